export const id=922;export const ids=[922];export const modules={922:(t,o,n)=>{n.r(o),n.d(o,{main:()=>r});var e=n(3424);async function r(){(0,e.pq)("not there yet")}}};
